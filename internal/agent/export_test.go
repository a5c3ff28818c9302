package agent

// For the tests of package agent_test.
var (
	FolderName = folderName
	ExposesKey = exposesKey
)
