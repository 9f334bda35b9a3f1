<?php
$a = $b == NAN; // HERE
