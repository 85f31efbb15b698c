@echo off
rem Shows the guide in the browser while you write. Close the window to stop.
setlocal
cd /d "%~dp0"
call windows\setup.cmd || goto problem
echo The guide opens in your browser. Save a text, and the page follows. Close this window to stop.
start "" /min cmd /c "timeout /t 8 /nobreak >nul & start http://127.0.0.1:8000/"
.venv\Scripts\guide serve
if errorlevel 1 goto problem
echo.
pause
exit /b 0

:problem
echo.
echo It did not work. What to do stands above. This window stays open until you press a key.
pause
exit /b 1
