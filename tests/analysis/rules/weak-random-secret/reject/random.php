<?php
$token = md5(uniqid(mt_rand())); // HERE
