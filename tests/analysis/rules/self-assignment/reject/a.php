<?php
$a = $a; // HERE
