<?php
chmod($path, 0755);
