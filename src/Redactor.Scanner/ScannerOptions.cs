namespace Redactor.Scanning;

/// <summary>Which implementation of the filter runs.</summary>
public enum FilterEngine
{
    /// <summary>The widest that this processor has.</summary>
    Auto,

    /// <summary>One byte at a time: the twin that the others are tested against.</summary>
    Scalar,

    /// <summary>128-bit vectors (SSSE3 or NEON).</summary>
    Vector128,

    /// <summary>256-bit vectors (AVX2).</summary>
    Vector256,

    /// <summary>512-bit vectors with byte permutes (AVX-512 VBMI).</summary>
    Vector512,

    /// <summary>No filter: every rule is tried at every byte. Slow; what the law of the filter is tested against.</summary>
    None,
}

/// <summary>Choices at compile time.</summary>
public sealed record ScannerOptions
{
    /// <summary>Which filter to use; anything but <see cref="FilterEngine.Auto"/> is for tests and benchmarks.</summary>
    public FilterEngine Engine { get; init; }

    /// <summary>
    /// Secrets that are known as such, each for one of the rules, which then needs neither pattern nor keys. They are found as bytes.
    /// Each element costs a search of its own: put what is known at one time into one.
    /// </summary>
    public IReadOnlyList<ExactValues> Values { get; init; } = [];
}
