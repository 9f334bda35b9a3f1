<?php
trim($a); // HERE
