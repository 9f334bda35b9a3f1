<?php
try {
    one();
} catch (Exception $HERE) {
}
