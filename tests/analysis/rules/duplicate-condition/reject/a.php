<?php
if ($a == 1) {
    one();
} elseif ($b) {
    two();
} elseif ($a == 1) { // HERE
    three();
}
