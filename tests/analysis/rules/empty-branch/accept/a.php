<?php
if ($a) {
    // settled above
}
