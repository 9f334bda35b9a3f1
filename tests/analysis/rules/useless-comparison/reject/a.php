<?php
$a == 1; // HERE
