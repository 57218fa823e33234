namespace Redactor.Configuration;

/// <summary>Every limit of a configuration file: what it bounds, its unit and why it has that value.</summary>
public static class ConfigurationLimits
{
    /// <summary>Greatest size of a configuration file in bytes: 1 MiB, what a Kubernetes ConfigMap can hold.</summary>
    public const int MaxFileSize = 1024 * 1024;

    /// <summary>Greatest size in bytes of a file that <c>${file:PATH}</c> names: 64 KiB, far above any token, far below harm.</summary>
    public const int MaxReferencedFileSize = 64 * 1024;
}
