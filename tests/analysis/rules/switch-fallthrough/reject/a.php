<?php
switch ($a) {
    case 1:
        one();
    case HERE:
        two();
}
