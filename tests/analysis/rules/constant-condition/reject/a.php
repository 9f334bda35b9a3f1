<?php
if (false) { // HERE
    one();
}
