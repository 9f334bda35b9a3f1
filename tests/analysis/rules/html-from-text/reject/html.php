<?php
echo "<b>" . $_GET["name"] . "</b>"; // HERE
echo $_POST["name"]; // HERE
