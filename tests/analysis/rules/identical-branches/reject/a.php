<?php
if ($HERE) {
    one();
} else {
    one();
}
