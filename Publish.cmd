@echo off
rem Builds the site, to be copied to the server, and the zip for a shared folder.
setlocal
cd /d "%~dp0"
call windows\setup.cmd || goto problem
.venv\Scripts\guide check || goto problem
.venv\Scripts\guide site || goto problem
.venv\Scripts\guide bundle || goto problem
echo.
echo The folder site is the guide for a web server; policy-guide.zip is for a shared folder, to be unpacked there.
start "" explorer .
if errorlevel 1 goto problem
echo.
pause
exit /b 0

:problem
echo.
echo It did not work. What to do stands above. This window stays open until you press a key.
pause
exit /b 1
