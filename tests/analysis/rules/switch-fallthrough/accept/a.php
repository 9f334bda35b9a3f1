<?php
switch ($a) {
    case 1:
        one();
        // no break
    case 2:
        two();
        break;
    default:
        three();
}
