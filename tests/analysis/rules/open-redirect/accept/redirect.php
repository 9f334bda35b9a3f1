<?php
header("Location: /users/" . $_GET["name"]);
header("X-Name: " . $_GET["name"]);
