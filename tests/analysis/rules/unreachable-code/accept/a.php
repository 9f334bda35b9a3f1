<?php
function f() {
    switch ($a) {
        case 1:
            return 1;
            break;
        case 2:
            return 2;
    }
    if ($b)
        return 3;
    return 4;
}
