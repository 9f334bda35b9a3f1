<?php
$digest = md5($password); // HERE
