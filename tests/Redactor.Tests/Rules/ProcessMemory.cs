namespace Redactor.Tests.Rules;

/// <summary>Tests that measure the memory of the whole process: nothing else may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessMemory
{
    /// <summary>Its name.</summary>
    public const string Name = "memory of the process";
}
