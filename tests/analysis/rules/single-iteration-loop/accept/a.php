<?php
foreach ($a as $x) {
    return $x;
}
while ($a) {
    if ($b) break;
}
