<?php
if ($a); // HERE
if ($HERE) {
}
