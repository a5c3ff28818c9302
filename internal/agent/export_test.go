package agent

// FolderName is folderName, for tests.
var FolderName = folderName
