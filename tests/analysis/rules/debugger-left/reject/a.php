<?php
var_dump($a); // HERE
