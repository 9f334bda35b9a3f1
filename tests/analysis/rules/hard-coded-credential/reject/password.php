<?php
$password = "Xk9!mmo2p"; // HERE
$config = ["password" => "Xk9!mmo2p"]; // HERE
