<?php
$a = md5($data); // HERE
$b = hash("sha1", $data); // HERE
