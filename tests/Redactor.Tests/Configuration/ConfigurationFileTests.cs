using System.Net;
using System.Text;
using Redactor.Configuration;
using Redactor.Forward;
using Redactor.Forward.Queue;
using Redactor.Rules;

namespace Redactor.Tests.Configuration;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_a_file_the_defaults_hold()
    {
        var options = ConfigurationFile.Load(null).Options!;

        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 4317), options.Receiver.Grpc!.Address);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 4318), options.Receiver.Http!.Address);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 13133), options.Health.Address);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 13134), options.Admin.Address);
        Assert.Equal(RuleSource.DefaultPatterns, options.Rules.Patterns);
        Assert.IsType<DebugExporterOptions>(Assert.Single(options.Exporters));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("rules:\nhealth:\n")]
    public void An_empty_file_or_section_leaves_the_defaults(string yaml)
    {
        var options = Valid(yaml);

        Assert.Equal(RedactorOptions.Default.Health.Address, options.Health.Address);
        Assert.Equal("debug", Assert.Single(options.Exporters).Name);
    }

    [Fact]
    public void Contents_of_conversations_to_hide_are_read()
    {
        var policy = Valid("conversations: {hide: [{roles: [system, tool]}, {parts: [tool_call]}]}").Rules.Conversations;

        Assert.True(policy.Hides(ConversationRole.Tool, ConversationPart.Text));
        Assert.True(policy.Hides(ConversationRole.User, ConversationPart.ToolCall));
        Assert.False(policy.Hides(ConversationRole.User, ConversationPart.Text));
    }

    [Fact]
    public void Text_over_budget_is_masked_and_nothing_held_back_unless_the_file_says_so()
    {
        Assert.Equal((false, null), (RedactorOptions.Default.RefuseOverBudget, RedactorOptions.Default.HoldBack));
        Assert.Equal((false, null), (Valid("views: {over_budget: mask}").RefuseOverBudget, Valid("chunks: {}").HoldBack));
        Assert.True(Valid("views: {over_budget: refuse}").RefuseOverBudget);
        Assert.Equal(new HoldOptions(TimeSpan.FromSeconds(2), 16 << 20), Valid("chunks: {hold_back: {}}").HoldBack);
        Assert.Equal(new HoldOptions(TimeSpan.FromMilliseconds(500), 3 << 20), Valid("chunks: {hold_back: {max_wait: 500ms, max_size_mib: 3}}").HoldBack);
    }

    [Fact]
    public void Every_setting_of_the_contract_is_read()
    {
        folder.Write("token", "t0\n");
        var options = Valid("""
            receivers:
              otlp:
                protocols:
                  grpc:
                    endpoint: 0.0.0.0:5317
                    max_recv_msg_size_mib: 16
                    keepalive: {server_parameters: {max_connection_age: 1m30s}}
                  http: {endpoint: "[::1]:5318"}
            rules: {files: ["mine/*.yaml"], profile: strict}
            exporters:
              otlp:
                endpoint: http://backend:4317
                signals: [traces, logs]
                headers: {x-scope: "${env:SCOPE}", Authorization: "Bearer ${file:token}"}
                forward_headers: [X-Api-Key]
                compression: gzip
                timeout: 1500ms
                retry_on_failure: {enabled: true, initial_interval: 1s, max_interval: 10s, max_elapsed_time: 2m}
                tls: {insecure_skip_verify: true}
              otlphttp/second: {endpoint: "https://host/api/public/otel"}
              debug: {}
            health: {endpoint: 0.0.0.0:13}
            admin: {endpoint: localhost:14}
            """);

        Assert.Equal(new IPEndPoint(IPAddress.Any, 5317), options.Receiver.Grpc!.Address);
        Assert.Equal(new IPEndPoint(IPAddress.IPv6Loopback, 5318), options.Receiver.Http!.Address);
        Assert.Equal(16 * 1024 * 1024, options.Receiver.Limits.MaxMessageBytes);
        Assert.Equal(TimeSpan.FromSeconds(90), options.Receiver.Limits.MaxConnectionAge);
        Assert.Equal(["x-api-key"], options.Receiver.PassOnHeaders);
        Assert.Equal(folder.PathOf("mine/*.yaml"), Assert.Single(options.Rules.Patterns));
        Assert.Equal(Profile.Strict, options.Rules.Profile);
        Assert.Equal(new IPEndPoint(IPAddress.Any, 13), options.Health.Address);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 14), options.Admin.Address);
        var grpc = Assert.IsType<OtlpExporterOptions>(options.Exporters[0]);
        Assert.Equal(("otlp", OtlpTransport.Grpc, new Uri("http://backend:4317")), (grpc.Name, grpc.Transport, grpc.Endpoint));
        Assert.Equal([Signal.Traces, Signal.Logs], grpc.Signals);
        Assert.Equal([new("x-scope", "tenant"), new("Authorization", "Bearer t0")], grpc.Headers);
        Assert.True(grpc.Gzip);
        Assert.True(grpc.Tls.SkipVerify);
        Assert.Equal(TimeSpan.FromMilliseconds(1500), grpc.Timeout);
        Assert.Equal(
            new RetryOptions { InitialInterval = TimeSpan.FromSeconds(1), MaxInterval = TimeSpan.FromSeconds(10), MaxElapsedTime = TimeSpan.FromMinutes(2) },
            grpc.Retry);
        var http = Assert.IsType<OtlpExporterOptions>(options.Exporters[1]);
        Assert.Equal(("otlphttp/second", OtlpTransport.Http), (http.Name, http.Transport));
        Assert.Equal(4, http.Signals.Count);
        Assert.Null(http.Retry);
        Assert.Equal("debug", options.Exporters[2].Name);
    }

    [Fact]
    public void A_queue_has_defaults_and_makes_every_exporter_try_again()
    {
        var options = Valid("queue: {directory: q, max_size_mib: 7, dead_letters: {max_size_mib: 2}}\nexporters: {otlp: {endpoint: \"http://b:1\"}}");

        Assert.Equal(
            new QueueOptions { Directory = folder.PathOf("q"), MaxBytes = 7 << 20, MaxDeadLetterBytes = 2 << 20, MaxAge = TimeSpan.FromHours(72), Synchronous = QueueSynchronous.Full },
            options.Queue);
        Assert.Equal(new RetryOptions(), ((OtlpExporterOptions)options.Exporters[0]).Retry);
    }

    [Fact]
    public void Naming_one_protocol_leaves_the_other_out()
    {
        var options = Valid("receivers: {otlp: {protocols: {http: {}}}}");

        Assert.Null(options.Receiver.Grpc);
        Assert.Equal(4318, options.Receiver.Http!.Address.Port);
    }

    [Theory]
    [InlineData("backend:4317", "", "https://backend:4317/")]
    [InlineData("backend:4317", "tls: {insecure: true}", "http://backend:4317/")]
    public void A_grpc_endpoint_without_a_scheme_is_encrypted_unless_told_otherwise(string endpoint, string tls, string expected)
    {
        var options = Valid($"exporters:\n  otlp:\n    endpoint: {endpoint}\n    {tls}\n");

        Assert.Equal(expected, ((OtlpExporterOptions)options.Exporters[0]).Endpoint.ToString());
    }

    [Theory]
    [InlineData("reciever: {}", "1:1: unknown key \"reciever\"; did you mean \"receivers\"?")]
    [InlineData("exporters: {otlp: {endpoint: \"http://b:1\", compresion: gzip}}", "1:44: unknown key \"exporters.otlp.compresion\"; did you mean \"compression\"?")]
    [InlineData("exporters: {otlphtp: {}}", "1:22: unknown exporter \"otlphtp\"; did you mean \"otlphttp\"?")]
    [InlineData("exporters: {}", "1:12: exporters is empty")]
    [InlineData("exporters: {otlp: {}}", "1:19: exporters.otlp.endpoint is missing; write a URL such as http://backend:4317")]
    [InlineData("exporters: {otlp: {endpoint: \"http://b:1/path\"}}", "has a path, which gRPC has not")]
    [InlineData("exporters: {otlphttp: {endpoint: \"ftp://b\"}}", "is not a URL that can be used")]
    [InlineData("exporters: {debug: {signals: [traces, spans]}}", "1:39: exporters.debug.signals: 'spans' can't be used; write traces, metrics, logs or profiles")]
    [InlineData("exporters: {debug: {signals: []}}", "is empty; name at least one")]
    [InlineData("exporters: {otlp: {endpoint: \"http://b:1\", timeout: 5}}", "exporters.otlp.timeout: '5' can't be used; write a duration such as 500ms, 5s, 2m or 1h")]
    [InlineData("exporters: {otlp: {endpoint: \"http://b:1\", retry_on_failure: {max_interval: long}}}", "exporters.otlp.retry_on_failure.max_interval: 'long' can't be used")]
    [InlineData("exporters: {otlp: {endpoint: \"http://b:1\", headers: {content-type: x}}}", "is written by the exporter itself")]
    [InlineData("exporters: {otlp: {endpoint: \"http://b:1\", headers: {\"a b\": x}}}", "is not a header's name")]
    [InlineData("exporters: {otlp: {endpoint: \"http://b:1\", tls: {cert_file: a.pem}}}", "belong together; write both")]
    [InlineData("exporters: {otlp: {endpoint: \"http://b:1\", tls: {ca_file: missing.pem}}}", "exporters.otlp.tls.ca_file: the file, or the key beside it, can't be read")]
    [InlineData("queue: {}", "1:8: queue.directory is missing; write a directory")]
    [InlineData("queue: {directory: /q, max_size_mib: 0}", "queue.max_size_mib: '0' can't be used; write a whole number of MiB")]
    [InlineData("queue: {directory: /q, max_age: 1000h}", "queue.max_age: '1000h' can't be used; write a duration of at most 720h")]
    [InlineData("queue: {directory: /q, synchronous: off}", "queue.synchronous: 'off' can't be used; write full or normal")]
    [InlineData("queue: {directory: /q}\nexporters: {otlp: {endpoint: \"http://b:1\", forward_headers: [authorization]}}", "2:61: exporters.otlp.forward_headers and queue exclude each other")]
    [InlineData("queue: {directory: /q}\nexporters: {otlp: {endpoint: \"http://b:1\", retry_on_failure: {enabled: false}}}", "exporters.otlp.retry_on_failure: a queue keeps what a backend can't take now")]
    [InlineData("health: {endpoint: localhost}", "1:20: health.endpoint: 'localhost' can't be used; write an address and a port, such as 127.0.0.1:4317")]
    [InlineData("health: {endpoint: \"::1:80\"}", "can't be used")]
    [InlineData("health: {endpoint: 127.0.0.1:70000}", "can't be used")]
    [InlineData("health: [a]", "1:9: health must be a mapping of settings")]
    [InlineData("conversations: {hide: [{roles: [boss]}]}", "conversations.hide[0].roles: 'boss' can't be used; write system, user, assistant or tool")]
    [InlineData("conversations: {hide: [{parts: [image]}]}", "conversations.hide[0].parts: 'image' can't be used; write text, tool_call or tool_call_response")]
    [InlineData("conversations: {hide: [{}]}", "conversations.hide[0] names no contents; add roles")]
    [InlineData("conversations: {hide: all}", "conversations.hide must be a list of mappings")]
    [InlineData("views: {over_budget: drop}", "1:22: views.over_budget can't be \"drop\"; there are mask, refuse")]
    [InlineData("views: {depth: 9}", "1:9: unknown key \"views.depth\"; there are over_budget")]
    [InlineData("chunks: {hold_back: {max_wait: 1m}}", "1:32: chunks.hold_back.max_wait: '1m' can't be used; write a duration of at most 30s, such as 2s")]
    [InlineData("chunks: {hold_back: {max_size_mib: 0}}", "chunks.hold_back.max_size_mib: '0' can't be used; write a whole number of MiB from 1 to 1024")]
    [InlineData("chunks: {hold: {}}", "1:10: unknown key \"chunks.hold\"; there are hold_back")]
    [InlineData("rules: {profile: lax}", "rules.profile: 'lax' can't be used; write default or strict")]
    [InlineData("rules: {files: []}", "rules.files is empty")]
    [InlineData("receivers: {otlp: {protocols: {grpc: {max_recv_msg_size_mib: 0}}}}", "a whole number of MiB from 1 to 1024")]
    [InlineData("receivers: {otlp: {limits: {max_connections: 0}}}", "receivers.otlp.limits.max_connections: '0' can't be used; write a whole number from 1 to 65536")]
    [InlineData("receivers: {otlp: {limits: {max_in_flight_mib: 100}}}", "max_in_flight_mib is less than twice max_recv_msg_size_mib (64)")]
    [InlineData("receivers: {otlp: {protocols: {grpc: {tls: {}}}}}", "cert_file and key_file belong together; a port with TLS needs both")]
    [InlineData("health: {endpoint: \"${env:NOT_SET}\"}", "the environment variable NOT_SET is not set or empty")]
    [InlineData("health: {endpoint: \"${vault:x}\"}", "is not a reference this build knows; write ${env:NAME} or ${file:PATH}")]
    [InlineData("health: {endpoint: \"${env:X\"}", "'${' is not closed")]
    [InlineData("health: {endpoint: \"${file:nowhere}\"}", "can't be read (not found or not a file)")]
    [InlineData("health: {endpoint: 127.0.0.1:1}\nhealth: {}", "2:1: broken YAML: duplicate key health")]
    [InlineData("rules: {}\nhealth:\n\tendpoint: a", "3:1: broken YAML: while scanning a mapping, found invalid tab as indentation; indent with spaces")]
    [InlineData("queue: {directory: \"\"}", "1:20: queue.directory is empty; give it a value or remove it")]
    [InlineData("rules: {files: [\"a\\0b\"]}", "1:17: rules.files: holds a NUL")]
    [InlineData("- a list", "1:1: the file must be a mapping")]
    [InlineData("a: [", "broken YAML")]
    public void A_mistake_is_told_with_its_place_and_what_would_be_right(string yaml, string expected)
    {
        var mistake = Assert.Single(Read(yaml).Mistakes);

        Assert.Contains(expected, mistake.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("redactor.yaml:", mistake.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_the_file()
    {
        var result = Read("""
            health: {endpoint: nowhere}
            exporters:
              otlp: {timeout: never}
              other: {}
            rulez: {}
            """);

        Assert.Null(result.Options);
        Assert.Equal([1, 3, 3, 4, 5], result.Mistakes.Select(m => m.Line));
    }

    [Theory]
    [InlineData("headers: {Authorization: \"Bearer VALUE\"}")]
    [InlineData("headers: {authorization: \"VALUE\"}")]
    [InlineData("headers: {X-Api-Key: \"VALUE\"}")]
    [InlineData("headers: {x-session-token: \"VALUE${env:SCOPE}\"}")]
    [InlineData("endpoint: \"http://user:VALUE@backend\"")]
    [InlineData("endpoint: \"http://backend?key=VALUE\"")]
    public void A_literal_credential_is_refused_and_not_repeated(string line)
    {
        var secret = "c0" + new string('x', 14);
        var endpoint = line.StartsWith("endpoint", StringComparison.Ordinal) ? "" : "endpoint: \"http://backend\"";
        var mistake = Assert.Single(Read($"exporters:\n  otlphttp:\n    {endpoint}\n    {line.Replace("VALUE", secret, StringComparison.Ordinal)}\n").Mistakes);

        Assert.Contains("${env:NAME}", mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, mistake.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_from_a_reference_is_never_repeated()
    {
        var mistake = Assert.Single(Read("health: {endpoint: \"${env:SCOPE}\"}").Mistakes);

        Assert.Contains("'${env:SCOPE}' can't be used", mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("tenant", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_nesting_is_refused_before_it_costs_stack()
    {
        var mistake = Assert.Single(Read("a: " + new string('[', 100_000)).Mistakes);

        Assert.Contains("nested deeper", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        var mistake = Assert.Single(ConfigurationFile.Read([0xC3, 0x28], "redactor.yaml", folder.Path, _ => null).Mistakes);

        Assert.Contains("save it as UTF-8", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_or_oversized_file_is_one_clear_line()
    {
        var large = folder.Write("large.yaml", new string('#', ConfigurationLimits.MaxFileSize + 1));

        Assert.Contains("no such file", Assert.Single(ConfigurationFile.Load("/nowhere/redactor.yaml").Mistakes).ToString(), StringComparison.Ordinal);
        Assert.Contains("larger than 1024 KiB", Assert.Single(ConfigurationFile.Load(large).Mistakes).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_that_nobody_writes_to_and_a_device_without_end_are_refused()
    {
        string pipe = folder.PathOf("pipe");
        await System.Diagnostics.Process.Start("mkfifo", [pipe]).WaitForExitAsync();

        Assert.EndsWith("pipe: a pipe that nobody writes to; name a file, or start what writes to it first", Assert.Single(ConfigurationFile.Load(pipe).Mistakes).ToString(), StringComparison.Ordinal);
        Assert.Contains("larger than 1024 KiB", Assert.Single(ConfigurationFile.Load("/dev/zero").Mistakes).ToString(), StringComparison.Ordinal);
        Assert.Contains("larger than 64 KiB", Assert.Single(Read("exporters: {otlp: {endpoint: 'http://b:1', headers: {Authorization: '${file:/dev/zero}'}}}").Mistakes).ToString(), StringComparison.Ordinal);
        Assert.Contains("can't be read", Assert.Single(Read("exporters: {otlp: {endpoint: 'http://b:1', headers: {Authorization: '${file:pipe}'}}}").Mistakes).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_with_a_writer_is_read()
    {
        string pipe = folder.PathOf("pipe");
        await System.Diagnostics.Process.Start("mkfifo", [pipe]).WaitForExitAsync();
        var writing = Task.Run(() => File.WriteAllText(pipe, "queue: {directory: /tmp/q}\nexporters: {debug: {}}\n"));

        Assert.Empty(ConfigurationFile.Load(pipe).Mistakes);
        await writing;
    }

    private RedactorOptions Valid(string yaml)
    {
        var result = Read(yaml);
        Assert.Empty(result.Mistakes);
        return result.Options!;
    }

    private ConfigurationResult Read(string yaml) =>
        ConfigurationFile.Read(Encoding.UTF8.GetBytes(yaml), "redactor.yaml", folder.Path, name => name == "SCOPE" ? "tenant" : null);
}
