@echo off
rem Lists what is wrong in the texts, with the file, the line and how to fix it.
setlocal
cd /d "%~dp0"
call windows\setup.cmd || goto problem
.venv\Scripts\guide check
if errorlevel 1 goto problem
echo.
pause
exit /b 0

:problem
echo.
echo It did not work. What to do stands above. This window stays open until you press a key.
pause
exit /b 1
