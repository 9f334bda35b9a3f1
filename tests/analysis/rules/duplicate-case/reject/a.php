<?php
switch ($a) {
    case 1:
        one();
        break;
    case 1: // HERE
        two();
}
