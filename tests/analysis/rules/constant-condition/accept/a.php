<?php
while (true) {
    one();
}
if ($a) {
    two();
}
