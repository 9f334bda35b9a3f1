<?php
$a = $b - $b; // HERE
$c = $d->e == $d->e; // HERE
