namespace Redactor.Known;

/// <summary>Every limit of known secrets: what it bounds, its unit and why it has that value.</summary>
internal static class KnownLimits
{
    /// <summary>Greatest size of a file or answer that holds secrets, in bytes: 32 MiB, 100,000 secrets of 300 bytes.</summary>
    public const int MaxContentBytes = 32 * 1024 * 1024;

    /// <summary>Greatest number of secrets in all sources: 200,000, twice what was measured.</summary>
    public const int MaxSecrets = 200_000;

    /// <summary>Greatest depth of folders below a directory: Secret mounts have one or two; links that lead in circles end here.</summary>
    public const int MaxFolderDepth = 4;

    /// <summary>Greatest nesting of JSON: a key-value store's answer has three.</summary>
    public const int MaxJsonDepth = 16;

    /// <summary>How many loads that were replaced stay known at most: each costs a search of its own. Beyond it the oldest is forgotten before its time.</summary>
    public const int MaxReplaced = 8;

    /// <summary>How long an HTTP source may take, from the call to the last byte.</summary>
    public static readonly TimeSpan HttpTimeout = TimeSpan.FromSeconds(10);
}
