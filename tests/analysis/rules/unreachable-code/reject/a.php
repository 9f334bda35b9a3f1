<?php
function f() {
    one();
    return 1; // HERE
    two();
}
