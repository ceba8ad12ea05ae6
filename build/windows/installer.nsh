!macro removeLoginStart NAME
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "${NAME}"
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "${NAME}"
!macroend

; What the uninstaller does besides: the entry of "start at login" and of pulsewire: links, and, where its user says so, what the app has kept.
; An update uninstalls the former version too, and touches neither.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    !insertmacro removeLoginStart "${APP_ID}"
    !insertmacro removeLoginStart "electron.app.${PRODUCT_NAME}"
    DeleteRegKey HKCU "Software\Classes\pulsewire"
    ${ifNot} ${Silent}
      MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONQUESTION \
        "Remove settings, history and the list of paired devices too?" IDNO keep
      RMDir /r "$LOCALAPPDATA\Pulsewire"
      RMDir /r "$APPDATA\Pulsewire"
      keep:
    ${endIf}
  ${endIf}
!macroend
