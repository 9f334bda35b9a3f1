<?php
function f() {
    try {
        one();
    } finally {
        return 1; // HERE
    }
}
