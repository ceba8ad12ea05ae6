/** Every word of the sentences in the program's sources, made by scripts/generate-program-words.mjs. */
export const programWords =
  '--allowed-hosts --bind --config --data-dir --force --guest --help --lines --log-file --log-format --log-level ' +
  '--max-clients --minutes --name --now --out --port --replay --scope --scrub --speed --trusted-proxies --user ' +
  '/proc/meminfo /proc/net/snmp /proc/net/tcp /proc/stat /proc/uptime /run/dbus /run/systemd /run/systemd/sessions ' +
  '/run/utmp /sys/class/drm /sys/class/hwmon /sys/class/powercap /sys/fs/cgroup CPU GET HEAD HELP HTTP HTTPS ID ' +
  'JSON LAN LAST MB PC RAID TCP TLS TOKEN TYPE UDP USED UTC WSS ZFS aborted about above accept accepted access ' +
  'acknowledged acknowledgement add added address addresses admin after again ago alive all allows alone already ' +
  'although amazon an and anew announced announces another answer answered answers any architecture are argument ' +
  'arguments array arrived as ask asked asks at attached attempt attempts audit authentication authorization awake ' +
  'away back bad bash batteries battery be bearer because become been before began begin begins behalf behind ' +
  'being believed belongs below beside between beyond big binary bind bits blade blocks body both box broken ' +
  'brotli brought browser budget buffers build built bundle burst bus but by bytes cache call calls came can ' +
  'cancelled cannot card carries case cat caught cent certain certificate certificates cgroup chains change ' +
  'changed changes characters charged charging chassis check checks chmod choose client clients clocked close ' +
  'closed closes closing code codes collector collectors column come comes command commandline commands commas ' +
  'compared compdef compgen complete completed completion compopt compute config confirmed connect connected ' +
  'connecting connection connections container containerd containers contents context control core cores cost ' +
  'could count counted counter counters counts cpu crashing create crictl current cut cycles damaged dangerous ' +
  'dashboard data datagrams dates day dbus deadline deadlines deep deeply default defaults defect delete delivered ' +
  'denied descriptors desktop device devices diagnose diagnostics did died differ digits directory discards disk ' +
  'disks distribution do docker docking does done down download downloaded drawing draws driver duration each ' +
  'early else elsewhere embedded empty enable enclosure encoded encoding encryption end ended ending ends energy ' +
  'enforced engine entry environment environments error errors esac event every everything exactly exit expansion ' +
  'expected expired expiry factor facts failed failing fails failure false fan far fast fastest faults fell ' +
  'fetched fi fifteen figures file filenames files find fingerprint first fish fit five flushed flushes folder ' +
  'followed follows for force fork form format found fragment frame frames free from fsync full function further ' +
  'gateway gave gets give given gives go goes going gone good google got governor granted grants graphics greeting ' +
  'grep group groups grow guess guests had half hand hang hangs hardware has hashes have head header headers ' +
  'headless heard heartbeat heat held hello help here hexadecimal hidden hides holds host hostile hosts how http ' +
  'huge humidity hung hz icon id idle if immutable implementer in included index info input install installed ' +
  'integer interface interrupts interval into invalid is it its itself journal json keep keeping keeps kept kernel ' +
  'key keyframe keys kill killed kind know known knows largest last late lately least leave left less let lets ' +
  'level lies life like limit line lines link links list listed listen listened listeners listening listens lists ' +
  'loaded local log logged login long longer longest look looked loop lost lowered ls lstat lunch machine made ' +
  'make makes malformed manager manifest many map mapfile mapped may mean means meanwhile memory message messages ' +
  'method metrics milliseconds mind mini minute minutes missing mkdir mode model modes monitor more most mount ' +
  'moved ms much multicast must name names nearby needed needs neither nested netstat network networks new newer ' +
  'newest news next no nobody none nor not notebook noted nothing notice notices now npm null number object ' +
  'objects of off often old on once one ones only open opened opens operation operations or order other others ' +
  'ours out outside over own owners packed packet packets page pages pair paired pairing parent part pass path ' +
  'paths payload payloads peer per periods peripheral permission permitted physical pid pieces ping pings pinned ' +
  'pipe pizza place platform podman poll polled pongs pool port portable ports power print prints priority probe ' +
  'process processes processor processors program programs promised properties proxies proxy ps public published ' +
  'pulsewire put quality query quick quiet quit rack ran range rated reached read reading readings reads ready ' +
  'received reclaimable record recorded recording reference refused regular relative reload reloaded remembered ' +
  'rename renewal renewed renice replace replaced replay report request requests reset respond responds restart ' +
  'restarted return returned reverse revocations revoke revoked rights ring rmdir room root rotated row rows rules ' +
  'run running runs said same sample sampler samples say says scandir scope second seconds secrets sections see ' +
  'seen segments self sending sends sensors sent separated serve served server serves service services session set ' +
  'setfacl setting settings share shared sharing shell short shown shows shrink shutting side sides signal signals ' +
  'signature silence silent since six size sizes skipped slab sleep slow slowed slowest snapshots so socket ' +
  'sockets somebody something space spawn speak speaks speed spent spoken ss standard stands start started ' +
  'starting stat state states statfs station status stays stick still stopped storage stragglers stream strength ' +
  'strict string sub subprotocols subscribed subscription subscriptions such sudo sum supplies swap swapping ' +
  'switch switches syntax system systemctl systemd systeminformation tables take taken takes task tasks tell tells ' +
  'temperature test text than that the their them then there these they this those thread threads thrown ticks ' +
  'time timed timers times tmpfs to together token tokens told too took top topic topics tower tr track traffic ' +
  'transport tray tried trim true try turn turned twice type unasked undefined under unexpected units unix unknown ' +
  'unless unlink until up updates upgrade upstream usable use used user usermod users uses usual valid value ' +
  'variable version versions view viewer viewers virtual voltage wait waited waiting waits want wants warm warning ' +
  'was watch watchdog watched watches watching way welcome went were what when where whether which while who ' +
  'whoever whole whom whose why window windows wireless with within without word work worst worth would write ' +
  'writes written wrong wrote yet you zsh';
