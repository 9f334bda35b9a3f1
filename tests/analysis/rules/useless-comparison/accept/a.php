<?php
$b = $a == 1;
if ($a == 1) {
    one();
}
