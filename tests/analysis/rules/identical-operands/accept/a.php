<?php
$a = $b * $b;
$c = $d !== $d;
$e = f() || f();
$g = "a" . "a";
