<?php
if ($a == 5) {
    one();
}
if ($a = find()) {
    two();
}
if (($a = $b)) {
    three();
}
