<?php
echo htmlspecialchars($_GET["name"]);
echo $name;
