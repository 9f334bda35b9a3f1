<?php
if ($a = 5) { // HERE
    one();
} elseif ($a = "b") { // HERE
    two();
}
