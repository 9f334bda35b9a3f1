<?php
if ($a == 1) {
    one();
} elseif ($a == 2) {
    two();
}
