using System.Text;
using Redactor.Forward;
using Redactor.Listen;
using Redactor.Rules;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Redactor.Configuration;

/// <summary>The configuration that was read: either options, or everything that is wrong.</summary>
/// <param name="Options">Null if there is any mistake.</param>
/// <param name="Mistakes">In the order of the file.</param>
public sealed record ConfigurationResult(RedactorOptions? Options, IReadOnlyList<ConfigurationMistake> Mistakes);

/// <summary>YAML file -> options.</summary>
public static class ConfigurationFile
{
    /// <summary>Reads the file, or gives the defaults where there is none.</summary>
    public static ConfigurationResult Load(string? path)
    {
        if (path is null)
        {
            return new ConfigurationResult(RedactorOptions.Default, []);
        }

        try
        {
            return BoundedFile.Read(path, ConfigurationLimits.MaxFileSize) is { } content
                ? Read(content, path, Path.GetDirectoryName(Path.GetFullPath(path))!, Environment.GetEnvironmentVariable)
                : Wrong($"larger than {ConfigurationLimits.MaxFileSize / 1024} KiB; no configuration needs that much");
        }
        catch (PipeWithoutWriterException e)
        {
            return Wrong(e.Message);
        }
        catch (UnauthorizedAccessException)
        {
            return Wrong("no permission to read it, or a folder; name a file that this user can read");
        }
        catch (IOException)
        {
            return Wrong("no such file; name one with --config, or leave --config out for the defaults");
        }

        ConfigurationResult Wrong(string message) => new(null, [new ConfigurationMistake(path, 0, 0, message)]);
    }

    /// <summary>Reads what a file holds.</summary>
    /// <param name="content">UTF-8 YAML.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="directory">Where relative paths start.</param>
    /// <param name="environment">Reads an environment variable; null if it is not set.</param>
    public static ConfigurationResult Read(ReadOnlySpan<byte> content, string name, string directory, Func<string, string?> environment)
    {
        var mistakes = new Mistakes(name);
        RedactorOptions? options = null;
        if (TryParse(content, mistakes) is { } node)
        {
            options = ReadRoot(new YamlSection("", node, new YamlContext(directory, mistakes, new References(directory, environment))));
        }

        var found = mistakes.InOrder;
        return new ConfigurationResult(found.Count == 0 ? options : null, found);
    }

    /// <summary>The one mapping that a configuration file is; an empty file is an empty one. Null, and a mistake, if it is something else.</summary>
    private static YamlMappingNode? TryParse(ReadOnlySpan<byte> content, Mistakes mistakes)
    {
        try
        {
            switch (YamlText.Parse(content).Root)
            {
                case null or YamlScalarNode { Value: null or "" }:
                    return [];
                case YamlMappingNode root:
                    return root;
                case var other:
                    mistakes.Add(other, "the file must be a mapping; begin with receivers:, rules: or exporters:");
                    return null;
            }
        }
        catch (DecoderFallbackException)
        {
            mistakes.Add(1, 1, "not UTF-8 text; save it as UTF-8");
        }
        catch (YamlException e)
        {
            mistakes.Add(e.Start.Line, e.Start.Column, "broken YAML: " + YamlText.Describe(e));
        }

        return null;
    }

    private static RedactorOptions ReadRoot(YamlSection root)
    {
        var defaults = RedactorOptions.Default;
        var exporters = ExportersSection.Read(root) ?? defaults.Exporters;
        var audit = AuditSection.Read(root, exporters);
        exporters = [.. exporters.Where(exporter => exporter.Name != audit?.Name)];
        var (receiver, kafkaReceivers) = ReceiversSection.Read(root, [.. exporters.OfType<OtlpExporterOptions>().SelectMany(e => e.ForwardHeaders).Distinct()]);
        AuthSection.KeepFromBackends(root, receiver, exporters);
        KafkaRoutes.Check(root, kafkaReceivers, exporters);
        var queue = QueueSection.Read(root, exporters);
        var options = new RedactorOptions
        {
            Receiver = receiver,
            KafkaReceivers = kafkaReceivers,
            Exporters = queue is null ? exporters : [.. exporters.Select(QueueSection.WithRetries)],
            AuditExporter = audit,
            Queue = queue,
            Rules = RulesSection.Read(root) with { HashKeys = MaskingSection.Read(root), Conversations = ConversationsSection.Read(root) },
            RefuseOverBudget = ViewsSection.Read(root),
            HoldBack = ChunksSection.Read(root),
            KnownSecrets = KnownSecretsSection.Read(root),
            Health = ReadHealth(root, defaults.Health),
            Admin = PortSection.Read(root, "admin", defaults.Admin),
        };
        root.Close();
        return options;
    }

    private static PortOptions ReadHealth(YamlSection root, PortOptions defaults)
    {
        var health = PortSection.Read(root, "health", defaults);
        if (health.Tls?.ClientCaFile is not null)
        {
            root.Mistake("health", "health.tls.client_ca_file can't be used: probes have no certificate; protect /metrics by auth, or leave it on loopback");
        }

        return health;
    }
}
