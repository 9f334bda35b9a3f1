<?php
function f() {
    try {
        return one();
    } finally {
        foreach ($a as $b) {
            break;
        }
    }
}
