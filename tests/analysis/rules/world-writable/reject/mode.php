<?php
chmod($path, 0777); // HERE
