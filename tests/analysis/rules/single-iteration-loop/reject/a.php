<?php
while ($a) {
    one();
    break; // HERE
}
