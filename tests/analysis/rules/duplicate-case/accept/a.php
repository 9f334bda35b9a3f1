<?php
switch ($a) {
    case 1:
        one();
        break;
    case 2:
        two();
}
