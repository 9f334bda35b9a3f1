<?php
try {
    one();
} catch (Exception $e) {
    // the file may be gone already
}
try {
    one();
} catch (Exception $ignored) {
}
