<?php
if ($a) {
    one();
} else {
    two();
}
